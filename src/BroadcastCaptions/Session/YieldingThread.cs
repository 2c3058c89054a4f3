using System.Runtime.InteropServices;

namespace BroadcastCaptions.Session;

/// <summary>A thread that gives way: where a machine is busy, the game and the encoder come first. Nothing happens on macOS.</summary>
/// <remarks>
/// On Linux what such a thread starts gives way as well, a worker of the thread pool too where it is new; so taps, whose threads need little but
/// at once, are started before. Where Linux groups programs by what they were started from (autogroup: a terminal; cgroups: a desktop entry),
/// niceness counts inside the group alone.
/// </remarks>
internal static partial class YieldingThread
{
    /// <summary>
    /// Niceness on Linux, 0 … 19. By the kernel's table of weights 5 leaves a quarter of a core against one busy thread of somebody else's, about what live
    /// captions take (bench/load: 0.26); 10 would leave a tenth.
    /// </summary>
    internal const int Niceness = 5;

    private const int OfThread = 0; // PRIO_PROCESS, which on Linux is a thread; 0 behind it: the calling one

    /// <summary>Runs something on a thread of its own.</summary>
    /// <param name="name">The thread's name.</param>
    /// <param name="body">What to run.</param>
    public static Task<T> RunAsync<T>(string name, Func<T> body)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                GiveWay();
                done.SetResult(body());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        })
        { Name = name, IsBackground = true };
        thread.Start();
        return done.Task;
    }

    /// <summary>Lowers the calling thread for good. Where that is not to be had, it stays as it is.</summary>
    private static void GiveWay()
    {
        if (OperatingSystem.IsWindows()) Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        else if (OperatingSystem.IsLinux() && GetPriority(OfThread, 0) < Niceness) _ = SetPriority(OfThread, 0, Niceness); // .NET's own priorities do nothing here
    }

    [LibraryImport("libc", EntryPoint = "getpriority")]
    private static partial int GetPriority(int which, uint who);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);
}
