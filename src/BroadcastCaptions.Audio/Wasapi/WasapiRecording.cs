using System.Diagnostics;
using BroadcastCaptions.Audio.Devices;
using BroadcastCaptions.Audio.Wasapi.Native;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Audio.Wasapi;

/// <summary>A device that is being recorded, in its own rate and channels, by a thread of its own that only copies.</summary>
internal sealed class WasapiRecording : IRecording
{
    private const int LookEvery = 10; // ms; outputs did not signal before Windows 10 1703
    private const long Kept = 5_000_000; // 0.5 s: a thread that comes late because of a game loses nothing
    private const double TicksASecond = 1e7;
    private const uint LongestHole = 10; // s: longer ones are a device that counts anew

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // A microphone always delivers, if only silence. One that does not was lost without a word (Wine), or its driver hangs: open it anew.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    private readonly AudioClient _client;
    private readonly CaptureClient _capture;
    private readonly AutoResetEvent _arrived = new(false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private readonly float[] _silence;
    private long _lastArrival = Stopwatch.GetTimestamp();
    private ulong _next; // the device's count at the end of the last packet; 0: none came yet
    private volatile bool _stopping;

    internal WasapiRecording(AudioDevice device, AudioClient client, MediaClock clock)
    {
        (Device, _client, Session) = (device, client, new CaptureSession(device.Format, clock));
        client.Initialize(device.Description, StreamFlags.EventCallback | (device.IsMonitor ? StreamFlags.Loopback : StreamFlags.None), Kept);
        client.Signal(_arrived.SafeWaitHandle.DangerousGetHandle(), device.Description);
        _silence = new float[client.BufferFrames() * device.Format.Channels];
        GrantedLatency = client.Period();
        client.Start(device.Description);
        _capture = client.Capture(device.Description);
        _thread = new Thread(Capture) { Name = "captions-capture", IsBackground = true, Priority = ThreadPriority.Highest };
        _thread.Start();
    }

    /// <inheritdoc/>
    public AudioDevice Device { get; }

    /// <inheritdoc/>
    public CaptureSession Session { get; }

    /// <inheritdoc/>
    public TimeSpan GrantedLatency { get; }

    /// <inheritdoc/>
    public bool IsSuspended => false;

    /// <inheritdoc/>
    public bool IsSilentByNothing => Device.IsMonitor;

    /// <summary>Starts to record.</summary>
    /// <exception cref="DeviceException">Not now; try again.</exception>
    public static WasapiRecording Open(AudioDevice device, MediaClock clock)
    {
        using var endpoint = WasapiSystem.EndpointOf(device);
        var client = endpoint.Activate(device.Description);
        try
        {
            return new WasapiRecording(device, client, clock);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<string> EndedAsync()
    {
        await _ended.Task;
        return $"{Device.Description} has gone";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping = true;
        _arrived.Set();
        if (!_thread.Join(Patience)) return; // inside a driver that hangs: what it uses must stay
        _client.Stop();
        _capture.Dispose();
        _client.Dispose();
        _arrived.Dispose();
    }

    private bool HasFallenSilent => !IsSilentByNothing && Stopwatch.GetElapsedTime(_lastArrival) > LongestPause;

    private void Capture()
    {
        while (!_stopping)
        {
            _arrived.WaitOne(LookEvery);
            if (!TakeAll() || HasFallenSilent) break;
        }

        _ended.TrySetResult();
    }

    private bool TakeAll()
    {
        while (true)
        {
            if (_capture.NextPacket(out var frames) < 0) return false;
            if (frames == 0) return true;
            if (_capture.Open(out var packet) < 0) return false;
            Take(packet);
            if (_capture.Close(packet) < 0) return false;
        }
    }

    private unsafe void Take(in CaptureClient.Packet packet)
    {
        var hole = HoleBefore(packet);
        var samples = (int)packet.Frames * Device.Format.Channels;
        Session.Arrive(hole + (int)packet.Frames, Age(packet));
        if (hole > 0) Session.WriteHole(hole);
        Session.Write((packet.Flags & BufferFlags.Silent) != BufferFlags.None ? _silence.AsSpan(0, Math.Min(samples, _silence.Length)) : new ReadOnlySpan<float>(packet.Samples, samples));
        (_next, _lastArrival) = (packet.Position + packet.Frames, Stopwatch.GetTimestamp());
    }

    private int HoleBefore(in CaptureClient.Packet packet)
    {
        if ((packet.Flags & BufferFlags.Discontinuity) == BufferFlags.None || _next == 0 || packet.Position <= _next) return 0;
        var missing = packet.Position - _next;
        return missing <= LongestHole * (ulong)Device.Format.SampleRate ? (int)missing : 0;
    }

    private static double Age(in CaptureClient.Packet packet)
    {
        if ((packet.Flags & BufferFlags.TimestampError) != BufferFlags.None || packet.Time == 0) return 0;
        return Math.Max(0, ((double)Stopwatch.GetTimestamp() / Stopwatch.Frequency) - (packet.Time / TicksASecond));
    }
}
