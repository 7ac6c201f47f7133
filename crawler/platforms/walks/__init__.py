"""What the walks of a run have in common, whatever their channel."""
