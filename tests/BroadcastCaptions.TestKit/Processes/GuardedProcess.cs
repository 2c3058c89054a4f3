using System.Diagnostics;
using System.Threading.Channels;

namespace BroadcastCaptions.TestKit.Processes;

/// <summary>
/// A child process that cannot outlive its starter: a small shell between the two ends it, and what it started, as soon as
/// the pipe from us closes, however we end. (The kernel's parent-death signal will not do: it follows the thread that
/// started the child, and .NET's come and go.) Ctrl-C works in the child even where whoever started us had it ignored, as
/// shells do to what they start in the background. A stopped child (SIGSTOP) is waited for
/// ('wait -f' will not do: it never returns where the child had ended already).
/// </summary>
public sealed class GuardedProcess : IAsyncDisposable
{
    private const string Guard = """
        set -m
        exec 3<&0 </dev/null
        pidfile=$1; shift
        env --default-signal=INT "$@" 3<&- &
        child=$!
        echo $child > "$pidfile.new" && mv "$pidfile.new" "$pidfile"
        exec >/dev/null 2>&1
        { cat <&3; kill -KILL -- -$child; } &
        watcher=$!
        exec 3<&-
        trap 'kill -KILL -- -$child -$watcher' EXIT
        wait $child; code=$?
        while [ $code -gt 128 ] && kill -0 $child; do sleep 0.1; wait $child; code=$?; done
        exit $code
        """;

    private readonly Process _guard;
    private readonly Channel<string> _output = Channel.CreateUnbounded<string>();
    private readonly Channel<string> _errors = Channel.CreateUnbounded<string>();
    private readonly Task _outputRead;
    private readonly Task _errorsRead;

    private GuardedProcess(Process guard, int id)
    {
        (_guard, Id) = (guard, id);
        _outputRead = CopyAsync(guard.StandardOutput, _output.Writer);
        _errorsRead = CopyAsync(guard.StandardError, _errors.Writer);
        Exited = ExitAsync();
    }

    /// <summary>The child's process id.</summary>
    public int Id { get; }

    /// <summary>Lines of standard output as they come; completes when the child has ended. One reader.</summary>
    public ChannelReader<string> Output => _output.Reader;

    /// <summary>Lines of standard error as they come; completes when the child has ended. One reader.</summary>
    public ChannelReader<string> Errors => _errors.Reader;

    /// <summary>The exit code once the child has ended: 128 + signal where a signal ended it.</summary>
    public Task<int> Exited { get; }

    /// <summary>Starts a child.</summary>
    /// <param name="command">Program, found on the path, and its arguments.</param>
    /// <param name="environment">Variables to set over ours; null removes one.</param>
    /// <param name="folder">The folder to run in; null: ours.</param>
    public static async Task<GuardedProcess> StartAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string?>? environment = null, string? folder = null)
    {
        var pidFile = Path.Combine(Path.GetTempPath(), $"bc-{Guid.NewGuid():N}.pid");
        var start = new ProcessStartInfo("bash", ["-c", Guard, "guard", pidFile, .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>()) start.Environment[name] = value;
        var guard = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        await Wait.UntilAsync(() => File.Exists(pidFile), TimeSpan.FromSeconds(20), $"start of {command[0]}");
        var id = int.Parse(await File.ReadAllTextAsync(pidFile));
        File.Delete(pidFile);
        return new GuardedProcess(guard, id);
    }

    /// <summary>Sends a signal to the child, if it still runs.</summary>
    public void Send(PosixSignalNumber signal)
    {
        if (!Exited.IsCompleted) _ = Native.Kill(Id, (int)signal);
    }

    /// <summary>Ends the child at once, if it still runs, and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        Send(PosixSignalNumber.Kill);
        _guard.StandardInput.Close();
        await Exited;
        _guard.Dispose();
    }

    private async Task<int> ExitAsync()
    {
        await _guard.WaitForExitAsync();
        await Task.WhenAll(_outputRead, _errorsRead);
        return _guard.ExitCode;
    }

    private static async Task CopyAsync(StreamReader from, ChannelWriter<string> to)
    {
        while (await from.ReadLineAsync() is { } line) to.TryWrite(line);
        to.Complete();
    }
}
