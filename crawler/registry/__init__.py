"""The declared sites, one file each in `spiders/`: loading, selection and naming."""
