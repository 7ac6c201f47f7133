"""Parts that the walks of all channels share."""
