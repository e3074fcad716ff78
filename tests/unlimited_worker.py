"""The odd worker as on a system that keeps no limits: there the parent's watch alone holds."""

from odd_worker import read

from pipeline import reading_worker

if __name__ == "__main__":
    reading_worker.resource = None
    reading_worker.serve(read)
