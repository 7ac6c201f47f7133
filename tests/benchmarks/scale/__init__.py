"""What a fleet of 5,000 and of 100,000 outlets needs: measured inputs, a simulated queue, and partitions tried for real."""
