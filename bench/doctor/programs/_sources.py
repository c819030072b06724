"""Where the programs are described."""


def deep_localize(question):
    return (
        "Wardat et al., DeepLocalize, ICSE 2021; "
        f"stackoverflow.com/questions/{question}"
    )


def deep_checker(fault):
    return f"Ben Braiek & Khomh, TheDeepChecker, TOSEM 2023: {fault}"


def auto_trainer(problem):
    return f"Zhang et al., AutoTrainer, ICSE 2021: {problem}"


def umlaut(rule):
    return f"Schoop et al., UMLAUT, CHI 2021: {rule}"


def neura_lint(rule):
    return f"Nikanjam et al., NeuraLint, TOSEM 2021: {rule}"


def deep_diagnosis(symptom):
    return f"Wardat et al., DeepDiagnosis, ICSE 2022: {symptom}"


def taxonomy(fault):
    return f"Humbatova et al., Taxonomy of Real Faults, ICSE 2020: {fault}"


def recipe(step):
    return f"Karpathy, A Recipe for Training Neural Networks, 2019: {step}"


def keras_docs(page):
    return f"keras.io: {page}"
