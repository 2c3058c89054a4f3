using System.Runtime.InteropServices;

namespace BroadcastCaptions.Speech.Models;

/// <summary>Threads that work only while nobody else wants the core.</summary>
internal static partial class SpareTime
{
    private const int Idle = 5; // SCHED_IDLE

    /// <summary>
    /// From now on this thread gives its core to whoever wants it, at once: a mere low priority (nice 19) keeps it for a time slice, and cost OBS frames
    /// (bench/load). On Linux an ordinary user cannot take this back, so the thread must be one of its own. Where it is forbidden, nothing happens.
    /// </summary>
    public static void Enter()
    {
        if (!OperatingSystem.IsLinux())
        {
            Thread.CurrentThread.Priority = ThreadPriority.Lowest; // Windows; .NET ignores it on macOS
            return;
        }

        // Not with .NET's priority: it raises a thread of a low one while that collects garbage, and "back" is then what .NET knows, which is nothing of this.
        var priority = 0;
        _ = SetScheduler(0, Idle, in priority);
    }

    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    private static partial int SetScheduler(int thread, int policy, in int priority);
}
