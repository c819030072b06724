"""Where others keep the tensors of each family."""
