"""The limits that the operating system sets to a process: memory, time, and what it may write."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

MOST_WRITTEN = 300_000_000
"""Bytes that a process may put into one file."""


def address_space() -> int:
    """Bytes of address space this process holds now; 0 where the system does not say."""
    if sys.platform != "linux":
        return 0
    import resource

    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return 0
    return pages * resource.getpagesize()


def limit_memory(most: int) -> None:
    """Let this process hold so much address space and no more; nor write large files, nor leave its memory behind."""
    if sys.platform == "linux":  # elsewhere address space is no measure of memory
        import resource

        for limit, value in (
            (resource.RLIMIT_AS, most),
            (resource.RLIMIT_FSIZE, MOST_WRITTEN),
            (resource.RLIMIT_CORE, 0),
        ):
            with contextlib.suppress(OSError, ValueError):  # a lower limit is already set from outside
                resource.setrlimit(limit, (value, value))


def limit_work(seconds: float) -> None:
    """Let the system end this process by itself, should its parent be gone when a file takes for ever."""
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime + seconds) + 2
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def limit_other(pid: int, memory: int, seconds: float) -> None:
    """The same for a program that was just started, where the system can; what it starts itself is limited alike."""
    if sys.platform == "linux":
        import resource

        for limit, value in (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_FSIZE, MOST_WRITTEN),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_CPU, int(seconds) + 1),
        ):
            with contextlib.suppress(OSError, ValueError):  # it may have ended already
                resource.prlimit(pid, limit, (value, value))


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _EXTENDED_LIMITS = 9
    _MEMORY, _NO_ERROR_WINDOW, _ENDS_WITH_JOB = 0x100, 0x400, 0x2000

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _Basic),
            ("IoInfo", ctypes.c_ulonglong * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    class Job:
        """A Windows job object: every process in it is held to its memory, and all of them end when it is closed."""

        def __init__(self, process: int, memory: int) -> None:
            """Put the process with this handle into a job of its own; where Windows refuses, the clock stands guard."""
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            kernel.CreateJobObjectW.restype = wintypes.HANDLE
            kernel.CreateJobObjectW.argtypes = (wintypes.LPVOID, wintypes.LPCWSTR)
            kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, wintypes.LPVOID, wintypes.DWORD)
            kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
            kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
            self._kernel = kernel
            self._job = kernel.CreateJobObjectW(None, None)
            limits = _Extended()
            limits.BasicLimitInformation.LimitFlags = _MEMORY | _NO_ERROR_WINDOW | _ENDS_WITH_JOB
            limits.ProcessMemoryLimit = memory
            if self._job:
                kernel.SetInformationJobObject(self._job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
                kernel.AssignProcessToJobObject(self._job, process)

        def close(self) -> None:
            """End every process in the job."""
            if self._job:
                self._kernel.CloseHandle(self._job)
                self._job = None

else:

    class Job:
        """Stands where Windows has a job object; other systems limit a process from inside."""

        def __init__(self, process: int, memory: int) -> None:
            """Nothing to do."""

        def close(self) -> None:
            """Nothing to do."""
