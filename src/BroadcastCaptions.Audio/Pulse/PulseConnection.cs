using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BroadcastCaptions.Audio.Devices;
using BroadcastCaptions.Audio.Pulse.Native;

namespace BroadcastCaptions.Audio.Pulse;

/// <summary>
/// One connection to a sound server, with libpulse's own thread. Callbacks only complete tasks, whose continuations run
/// elsewhere: nobody waits on that thread. Never starts a server by itself.
/// </summary>
internal sealed class PulseConnection : IDisposable
{
    private const uint NoAutoSpawn = 1;

    private readonly nint _loop;
    private readonly nint _context;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<GCHandle> _owned = [];

    private unsafe PulseConnection(string? server)
    {
        _loop = LibPulse.MainLoopNew();
        _context = LibPulse.ContextNew(LibPulse.MainLoopApi(_loop), "BroadcastCaptions");
        LibPulse.ContextOnState(_context, &OnState, Keep(this));
        if (LibPulse.ContextConnect(_context, server, NoAutoSpawn, 0) < 0) _ready.TrySetException(PulseFailure.NoServer());
        _ = LibPulse.MainLoopStart(_loop);
    }

    /// <summary>Completes when an established connection has ended: the server stopped or crashed.</summary>
    public Task Lost => _lost.Task;

    /// <summary>libpulse's context, for streams and questions; use under <see cref="Lock"/>.</summary>
    public nint Context => _context;

    /// <summary>Connects.</summary>
    /// <param name="server">The server's address; null for the user's own.</param>
    /// <param name="time">For the limit of the wait.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="DeviceException">No server answers.</exception>
    /// <exception cref="Failures.CaptionsException">libpulse is not installed.</exception>
    public static async Task<PulseConnection> OpenAsync(string? server, TimeProvider time, CancellationToken cancellation)
    {
        PulseConnection connection;
        try
        {
            connection = new PulseConnection(server);
        }
        catch (DllNotFoundException missing)
        {
            throw PulseFailure.NoLibrary(missing);
        }

        try
        {
            await connection._ready.Task.WaitAsync(DeviceLimits.Answer, time, cancellation);
            return connection;
        }
        catch (TimeoutException)
        {
            connection.Dispose();
            throw PulseFailure.NoServer();
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Locks out libpulse's thread until the scope ends.</summary>
    public Scope Lock() => new(_loop);

    /// <summary>Why the last call failed, in libpulse's words.</summary>
    public string LastError => PulseFailure.Text(LibPulse.ContextError(_context));

    /// <inheritdoc/>
    public unsafe void Dispose()
    {
        if (_owned.Count == 0) return;
        using (Lock())
        {
            LibPulse.ContextOnState(_context, null, 0);
            LibPulse.ContextDisconnect(_context);
        }

        LibPulse.MainLoopStop(_loop); // joins the thread: no callback comes any more
        LibPulse.ContextUnref(_context);
        LibPulse.MainLoopFree(_loop);
        foreach (var handle in _owned) handle.Free();
        _owned.Clear();
    }

    /// <summary>What callbacks get to find <paramref name="target"/> again; valid as long as a callback can come.</summary>
    public nint Keep(object target)
    {
        var handle = GCHandle.Alloc(target);
        _owned.Add(handle);
        return GCHandle.ToIntPtr(handle);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnState(nint context, nint user)
    {
        var connection = (PulseConnection)GCHandle.FromIntPtr(user).Target!;
        switch (LibPulse.ContextState(context))
        {
            case ContextState.Ready:
                connection._ready.TrySetResult();
                break;
            case ContextState.Failed or ContextState.Terminated:
                connection._ready.TrySetException(PulseFailure.NoServer());
                connection._lost.TrySetResult();
                break;
        }
    }

    /// <summary>Holds the main loop's lock.</summary>
    internal readonly ref struct Scope : IDisposable
    {
        private readonly nint _loop;

        public Scope(nint loop) => LibPulse.MainLoopLock(_loop = loop);

        public void Dispose() => LibPulse.MainLoopUnlock(_loop);
    }
}
