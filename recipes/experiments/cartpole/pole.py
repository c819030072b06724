"""A pole on a cart (Barto, Sutton and Anderson 1983)."""

import math

import numpy as np

GRAVITY, CART, POLE, HALF, FORCE, SECONDS = 9.8, 1.0, 0.1, 0.5, 10.0, 0.02
FAR, TILT, LONGEST = 2.4, 12 * math.pi / 180, 200


class Pole:
    """`state` is position, speed, angle and angular speed.

    Each step pushes the cart to the left (0) or right (1) and pays 1, until
    the pole tilts by 12°, the cart is 2.4 m away, or 200 steps are over.
    """

    def __init__(self, random):
        self.random = random
        self.reset()

    def reset(self):
        self.state = self.random.uniform(-0.05, 0.05, 4)
        self.steps = 0
        return self.state

    def step(self, action):
        """(state, whether the pole fell, whether the episode is over)."""
        x, speed, angle, turn = self.state
        force = FORCE if action else -FORCE
        mass = CART + POLE
        sine, cosine = math.sin(angle), math.cos(angle)
        push = (force + POLE * HALF * turn**2 * sine) / mass
        turning = (GRAVITY * sine - cosine * push) / (
            HALF * (4 / 3 - POLE * cosine**2 / mass)
        )
        moving = push - POLE * HALF * turning * cosine / mass
        self.state = np.array(
            [
                x + SECONDS * speed,
                speed + SECONDS * moving,
                angle + SECONDS * turn,
                turn + SECONDS * turning,
            ]
        )
        self.steps += 1
        fell = abs(self.state[0]) > FAR or abs(self.state[2]) > TILT
        return self.state, fell, fell or self.steps >= LONGEST
