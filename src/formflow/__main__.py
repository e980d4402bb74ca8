"""`python -m formflow` is the same as `formflow`."""

from formflow.cli.main import main

if __name__ == "__main__":
    main()
