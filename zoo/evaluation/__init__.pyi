from ._calibration import (
    Calibration as Calibration,
    calibrate as calibrate,
    fit_temperature as fit_temperature,
)
from ._result import Evaluation as Evaluation, measure as measure
