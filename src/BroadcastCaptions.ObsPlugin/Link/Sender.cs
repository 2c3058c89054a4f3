using BroadcastCaptions.Bridge;
using BroadcastCaptions.Bridge.Messages;
using BroadcastCaptions.ObsPlugin.Host;
using BroadcastCaptions.ObsPlugin.Native;
using BroadcastCaptions.ObsPlugin.Taps;

namespace BroadcastCaptions.ObsPlugin.Link;

/// <summary>
/// The one thread that talks to the captioner, for all taps. It looks every 5 ms rather than be woken: waking it would cost the audio
/// thread up to 11 ms.
/// </summary>
internal sealed class Sender : IDisposable
{
    private const int Pause = 5, IdlePause = 50; // ms
    private const int RefreshEvery = 20;         // rounds

    private readonly Lock _lock = new();
    private readonly Thread _thread;
    private readonly CaptionerProcess _captioner;
    private volatile TapInstance[] _taps = [];
    private volatile TapInstance[] _leaving = [];
    private volatile bool _stopping;

    public Sender(CaptionerProcess captioner)
    {
        _captioner = captioner;
        _thread = new Thread(Run) { Name = "captions-sender", IsBackground = true };
        _thread.Start();
    }

    /// <summary>The taps there are.</summary>
    public IReadOnlyList<TapInstance> Taps => _taps;

    /// <summary>Takes a tap in.</summary>
    public void Add(TapInstance tap)
    {
        lock (_lock) _taps = [.. _taps, tap];
    }

    /// <summary>Lets a detached tap go; it is freed soon.</summary>
    public void Remove(TapInstance tap)
    {
        lock (_lock)
        {
            _taps = [.. _taps.Where(other => other != tap)];
            _leaving = [.. _leaving, tap];
        }
    }

    /// <summary>Ends the thread, and with it every connection.</summary>
    public void Dispose()
    {
        _stopping = true;
        _thread.Join(TimeSpan.FromSeconds(2));
    }

    private void Run()
    {
        for (var round = 0; !_stopping; round++)
        {
            try
            {
                Step(round % RefreshEvery == 0);
            }
            catch (Exception e)
            {
                Log.Fault("The sender failed", e); // and goes on: it is the only one
                Thread.Sleep(1000);
            }

            Thread.Sleep(_taps.Length > 0 ? Pause : IdlePause);
        }

        _captioner.End();
        _captioner.Step([]);
        foreach (var tap in _taps) tap.Link.Dispose();
        FreeLeaving();
    }

    private void Step(bool refresh)
    {
        FreeLeaving();
        var leader = true; // one of the connections speaks for the host
        foreach (var tap in _taps)
        {
            if (refresh || tap.Name.Length == 0) tap.Refresh();
            tap.Link.Step(tap, BridgeClock.Now, leader ? Emit : Ignore);
            if (tap.Link.IsConnected) leader = false;
        }

        if (refresh) _captioner.Step(_taps);
    }

    private void FreeLeaving()
    {
        if (_leaving.Length == 0) return;
        TapInstance[] leaving;
        lock (_lock) (leaving, _leaving) = (_leaving, []);
        foreach (var tap in leaving) tap.Dispose();
    }

    private static void Emit(CaptionText caption) => Vendor.Emit(caption);

    private static void Ignore(CaptionText caption)
    {
    }
}
