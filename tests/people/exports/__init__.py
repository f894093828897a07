"""Files as sign-up forms and HR systems export them, written of a cohort that is known."""
