"""A private Slurm of one node for tests: munged, slurmctld and slurmd in a temporary folder, on free ports, without systemd.

As root the daemons run as root (munged as the user munge); as anyone else they run as that user, for that user's jobs only.
A machine on which it cannot start raises ClusterError with the reason and the end of the daemons' logs.
"""
import contextlib
import ctypes
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time

PACKAGES = "apt-get install slurmctld slurmd slurm-client munge"
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
LIBC = ctypes.CDLL(None, use_errno=True)

# What is switched off needs systemd, cgroups or a database. Jobs are kept for an hour, so that tests can look at them.
CONFIGURATION = """\
ClusterName=berylia_test
SlurmctldHost={host}(127.0.0.1)
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge/socket,cred_expire=5
CredType=cred/munge
CommunicationParameters=NoInAddrAny
SlurmctldPort={controller_port}
SlurmdPort={node_port}
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/log/slurmctld
SlurmdLogFile={folder}/log/slurmd
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_min_interval=100000,sched_interval=1,bf_interval=1,bf_resolution=1
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
ReturnToService=2
SlurmctldTimeout=60
SlurmdTimeout=60
InactiveLimit=0
KillWait=5
MinJobAge=3600
MaxArraySize=1001
SlurmdParameters=config_overrides
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} RealMemory=2048 State=UNKNOWN
PartitionName=test Nodes={host} Default=YES PriorityTier=1 MaxTime=INFINITE State=UP OverSubscribe=NO
PartitionName=urgent Nodes={host} PriorityTier=9 MaxTime=INFINITE State=UP OverSubscribe=NO
"""


class ClusterError(Exception):
    """Slurm cannot be started on this machine, or does not do what it should."""


def free_ports(count):
    """Ports of 127.0.0.1 that nobody listens on, all different."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def parent_of(pid):
    """Process number of the parent; 0 for a process that is gone."""
    try:
        return int(pathlib.Path("/proc", str(pid), "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def descendants():
    """Process numbers of all that this process has started, directly or not, and that still lives."""
    parents = {int(name): parent_of(name) for name in os.listdir("/proc") if name.isdigit()}
    found, border = set(), {os.getpid()}
    while border:
        border = {pid for pid, parent in parents.items() if parent in border} - found
        found |= border
    return found


def wait_until(condition, seconds, what):
    """What `condition()` gives once it is true; ClusterError after `seconds`."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise ClusterError(f"{what}: not within {seconds} s")
        time.sleep(0.05)


class SlurmCluster:
    """A context: the cluster runs inside, and nothing of it is left afterwards."""

    def __init__(self, cpus=4):
        self.cpus = cpus
        self.folder = None
        self.environment = None
        self._daemons = []

    def __enter__(self):
        # Daemons, job steps and what they leave behind become children of this process when their parents end.
        LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        for trial in (1, 2):  # a port that was free may be taken a moment later
            self.folder = pathlib.Path(tempfile.mkdtemp(prefix="berylia-slurm-"))
            try:
                self._start()
                return self
            except BaseException as error:
                self.__exit__()
                if trial == 2 or not isinstance(error, ClusterError):
                    raise

    def __exit__(self, *_):
        for daemon in reversed(self._daemons):  # slurmd first, munged last
            if daemon.poll() is None:
                daemon.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    daemon.wait(10)
        self._daemons = []
        for _ in range(100):
            alive = descendants()
            for pid in alive:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0] > 0:
                    pass
            if not alive:
                break
            time.sleep(0.02)
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None

    def run(self, *arguments, check=True, **options):
        """Standard output of a command in the cluster's environment."""
        options = {"env": self.environment} | options
        done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True, timeout=60, check=False, **options)
        if check and done.returncode != 0:
            raise ClusterError(f"{arguments}: exit code {done.returncode}\n{done.stdout}{done.stderr}{self.logs()}")
        return done.stdout

    def jobs(self):
        """What squeue knows: {"12_3": "RUNNING", "13": "PENDING"}; jobs that have ended are left out."""
        lines = self.run("squeue", "--noheader", "--array", "--format=%i %T").splitlines()
        return dict(line.split() for line in lines)

    def wait_for_end(self, seconds):
        """Returns when no job waits or runs."""
        wait_until(lambda: not self.jobs(), seconds, "the end of all jobs")

    def details(self, job):
        """Fields of `scontrol show job`, e.g. ExitCode, Restarts; of an array element as "12_3"."""
        text = self.run("scontrol", "--oneliner", "show", "job", job).splitlines()[0]
        return dict(field.partition("=")[::2] for field in text.split(" ") if "=" in field)

    def logs(self, lines=15):
        """The last lines of every daemon's log."""
        text = ""
        for log in sorted((self.folder / "log").glob("*")):
            tail = log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]
            text += f"\n--- {log.name}\n" + "\n".join(tail)
        return text

    def _start(self):
        user = pwd.getpwuid(os.getuid()).pw_name
        self.environment = {"PATH": PATH, "LC_ALL": "C", "TZ": "UTC", "HOME": str(self.folder),
                            "SLURM_CONF": str(self.folder / "slurm.conf")}
        for program in ("munged", "slurmctld", "slurmd", "sbatch"):
            if shutil.which(program, path=PATH) is None:
                raise ClusterError(f"{program} is not installed ({PACKAGES})")
        self.folder.chmod(0o755)
        for name in ("log", "state", "spool", "munge"):
            (self.folder / name).mkdir(mode=0o755)
        self._start_munge()
        host = socket.gethostname().partition(".")[0]
        controller_port, node_port = free_ports(2)
        (self.folder / "slurm.conf").write_text(
            CONFIGURATION.format(host=host, user=user, folder=self.folder, cpus=self.cpus, controller_port=controller_port,
                                 node_port=node_port), encoding="utf-8")
        for name in ("slurmctld", "slurmd"):
            self._spawn(name, [name, "-D", "-f", self.folder / "slurm.conf"])
        self._wait_for("the node to be idle", lambda: self.run(
            "sinfo", "--noheader", "--format=%T", "--partition=test", check=False).strip() == "idle", 60)

    def _start_munge(self):
        """A munged with a key and a socket of its own: one that runs already is left alone."""
        place = self.folder / "munge"
        key = place / "key"
        key.write_bytes(os.urandom(1024))
        key.chmod(0o400)
        command = ["munged", "--foreground", f"--socket={place}/socket", f"--key-file={key}", f"--pid-file={place}/pid",
                   f"--log-file={place}/log", f"--seed-file={place}/seed", "--num-threads=4"]
        if os.getuid() == 0:  # munged refuses root
            shutil.chown(key, "munge", "munge")
            shutil.chown(place, "munge", "munge")
            command = ["setpriv", "--pdeathsig=TERM", "--reuid=munge", "--regid=munge", "--clear-groups", *command]
        self._spawn("munged", command)
        self._wait_for("munged to answer", lambda: subprocess.run(
            ["munge", f"--socket={place}/socket", "--no-input"], capture_output=True, check=False).returncode == 0, 20)

    def _spawn(self, name, command):
        """Starts a daemon in the foreground; it ends with this process, however that ends."""
        with open(self.folder / "log" / f"{name}.out", "w", encoding="utf-8") as log:
            self._daemons.append(subprocess.Popen(
                [str(word) for word in command], env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                cwd=self.folder, start_new_session=True, preexec_fn=lambda: LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)))

    def _wait_for(self, what, condition, seconds):
        """Waits for `condition`; a daemon that ends meanwhile is the error."""
        def ready():
            for daemon in self._daemons:
                if daemon.poll() is not None:
                    raise ClusterError(f"{daemon.args[0]} ended with exit code {daemon.returncode}")
            return condition()
        try:
            wait_until(ready, seconds, what)
        except ClusterError as error:
            raise ClusterError(f"Slurm does not start on this machine: {error}{self.logs()}") from error
