"""The needs of a fleet of 5,000 and of 100,000 outlets: measured inputs, a simulated queue, and measured partitions."""
