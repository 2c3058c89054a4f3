using System.Runtime.InteropServices;

namespace BroadcastCaptions.Session;

/// <summary>
/// Ctrl-C and SIGTERM: the first asks for a stop in good order, a second one within it ends the process at once.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _asked;
    private readonly PosixSignalRegistration[] _registrations;
    private int _count;

    public StopSignal(CancellationToken outer)
    {
        _asked = CancellationTokenSource.CreateLinkedTokenSource(outer);
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];
    }

    /// <summary>Has anyone asked to stop?</summary>
    public bool Interrupted => _asked.IsCancellationRequested;

    /// <summary>Cancelled when someone asks to stop.</summary>
    public CancellationToken Token => _asked.Token;

    /// <summary>Whoever started us closes our standard input when we are to end, or dies, which closes it too.</summary>
    public void StopAtEndOfInput() => _ = Task.Run(() =>
    {
        while (Console.In.Read() >= 0)
        {
            // What it says does not matter.
        }

        StopQuietly();
    });

    private void StopQuietly()
    {
        try
        {
            _asked.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The session has ended already.
        }
    }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _asked.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        // Left to its default the second signal ends the process: nobody should have to kill -9 us.
        if (Interlocked.Increment(ref _count) > 1) return;
        context.Cancel = true;
        _asked.Cancel();
    }
}
