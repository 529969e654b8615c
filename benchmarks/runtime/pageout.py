"""Takes the mapped pages of libtorch away from a process, as the system may: usage: pageout.py PID (as root or its owner)."""
import ctypes, os, sys

MADV_PAGEOUT, PROCESS_MADVISE, PIECE = 21, 440, 1 << 22


class Range(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


pid, libc = int(sys.argv[1]), ctypes.CDLL(None, use_errno=True)
process = os.pidfd_open(pid)
for line in open(f"/proc/{pid}/maps"):
    addresses, rights, *_ = line.split()
    if "libtorch_cpu.so" in line and rights.startswith("r-"):
        start, end = (int(a, 16) for a in addresses.split("-"))
        for at in range(start, end, PIECE):
            piece = Range(at, min(PIECE, end - at))
            if libc.syscall(PROCESS_MADVISE, process, ctypes.byref(piece), ctypes.c_ulong(1), MADV_PAGEOUT, 0) < 0:
                sys.exit(f"process_madvise: {os.strerror(ctypes.get_errno())}")
