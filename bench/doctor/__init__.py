"""DoctorBench: training programs that are healthy, or faulty in a known way.

`python -m bench.doctor` says how often a tool that watches a training is
right. `programs/` has the programs, as changes of those in `_bases.py`.
"""
