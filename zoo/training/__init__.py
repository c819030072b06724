"""Trains a network on images, and keeps what happened."""
