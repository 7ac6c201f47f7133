"""A simulation of crawls: sites that publish and edit, schedules that ask for their lists and pages, and what is optimal."""
