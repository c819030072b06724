"""What the experiments share: sweeps, rows, claims, tables, figures."""
