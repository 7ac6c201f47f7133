"""A simulation of sites that publish and edit, schedules that request their lists and pages, and the optimum."""
