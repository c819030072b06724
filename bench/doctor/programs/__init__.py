"""All programs: importing this fills the catalogue."""

from bench.doctor.programs import (  # noqa: F401
    healthy_like_ill,
    healthy_networks,
    healthy_regression,
    healthy_settings,
    healthy_steps,
    healthy_tables,
    healthy_tuned,
    labels,
    losses,
    rates,
    reductions,
    regularized,
    results,
    scales,
    signals,
    slips,
    starts,
)
