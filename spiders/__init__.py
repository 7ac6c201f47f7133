"""The declared outlets: one file a site. `warraq sites` lists them; none has been tried live by this project yet."""
