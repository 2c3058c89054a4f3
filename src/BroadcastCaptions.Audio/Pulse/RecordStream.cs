using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BroadcastCaptions.Audio.Devices;
using BroadcastCaptions.Audio.Pulse.Native;

namespace BroadcastCaptions.Audio.Pulse;

/// <summary>
/// A recording stream on one device, in the device's own rate and channels. Never moved to another device: when this one goes, the
/// stream ends. The read callback only copies into its receiver.
/// </summary>
internal sealed class RecordStream : IDisposable
{
    private const double AskedFragmentSeconds = 0.01;
    private const uint ServersChoice = uint.MaxValue;

    private readonly PulseConnection _connection;
    private readonly ICaptureReceiver _receiver;
    private readonly int _channels;
    private readonly int _bytesPerSecond;
    private readonly uint _device;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private nint _stream;
    private volatile bool _isSuspended;
    private bool _ageKnown;

    private unsafe RecordStream(PulseConnection connection, AudioDevice device, ICaptureReceiver receiver)
    {
        (_connection, _receiver, _device, _channels) = (connection, receiver, device.Index, device.Format.Channels);
        // A monitor hears what is about to sound. What PulseAudio says of its age is the time between the output's wake-ups, up to 2 s.
        _ageKnown = device.IsMonitor;
        _bytesPerSecond = device.Format.SampleRate * FrameBytes;
        using var _ = connection.Lock();
        var spec = new SampleSpec
        {
            Format = SampleSpec.Float32LittleEndian,
            Rate = (uint)device.Format.SampleRate,
            Channels = (byte)device.Format.Channels,
        };
        var map = device.Map;
        _stream = LibPulse.StreamNew(connection.Context, "captions", &spec, &map);
        if (_stream == 0) throw new DeviceException($"{device.Description} cannot be recorded: {connection.LastError}.");
        var self = connection.Keep(this);
        LibPulse.StreamOnState(_stream, &OnState, self);
        LibPulse.StreamOnMoved(_stream, &OnMoved, self);
        LibPulse.StreamOnSuspended(_stream, &OnSuspended, self);
        LibPulse.StreamOnRead(_stream, &OnRead, self);
        // PulseAudio ends a stream whose device goes. PipeWire (1.4) leaves it there for ever, without sound, also when the device is back.
        LibPulse.ContextOnEvent(connection.Context, &OnEvent, self);
        LibPulse.OperationUnref(LibPulse.ContextSubscribe(connection.Context, Subscription.Sources, null, 0));
        var buffer = new BufferAttributes
        {
            MaximumLength = ServersChoice,
            TargetLength = ServersChoice,
            Prebuffer = ServersChoice,
            MinimumRequest = ServersChoice,
            FragmentSize = (uint)(Math.Max(1, device.Format.SampleRate * AskedFragmentSeconds) * FrameBytes),
        };
        const StreamFlags Flags = StreamFlags.AdjustLatency | StreamFlags.DontMove | StreamFlags.AutoTimingUpdate | StreamFlags.InterpolateTiming;
        if (LibPulse.StreamConnectRecord(_stream, device.Name, &buffer, Flags) < 0)
            _ready.TrySetException(new DeviceException($"{device.Description} cannot be recorded: {connection.LastError}."));
    }

    /// <summary>Completes when the stream has ended: its device vanished, or it was about to be moved to another.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Has the server put the device to sleep?</summary>
    public bool IsSuspended => _isSuspended;

    /// <summary>The latency that the server granted: what it collects before it hands it over.</summary>
    public TimeSpan GrantedLatency { get; private set; }

    private int FrameBytes => _channels * sizeof(float);

    /// <summary>Starts recording.</summary>
    /// <exception cref="DeviceException">The device does not let itself be recorded now.</exception>
    public static async Task<RecordStream> OpenAsync(
        PulseConnection connection, AudioDevice device, ICaptureReceiver receiver, TimeProvider time, CancellationToken cancellation)
    {
        var stream = new RecordStream(connection, device, receiver);
        try
        {
            await stream._ready.Task.WaitAsync(DeviceLimits.Answer, time, cancellation);
            return stream;
        }
        catch (TimeoutException)
        {
            stream.Dispose();
            throw new DeviceException($"{device.Description} does not answer.");
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public unsafe void Dispose()
    {
        if (_stream == 0) return;
        using var locked = _connection.Lock();
        LibPulse.StreamOnState(_stream, null, 0);
        LibPulse.StreamOnMoved(_stream, null, 0);
        LibPulse.StreamOnSuspended(_stream, null, 0);
        LibPulse.StreamOnRead(_stream, null, 0);
        LibPulse.ContextOnEvent(_connection.Context, null, 0);
        _ = LibPulse.StreamDisconnect(_stream);
        LibPulse.StreamUnref(_stream);
        _stream = 0;
    }

    private unsafe void Copy(nint stream, int bytes)
    {
        _receiver.Arrive(bytes / FrameBytes, _ageKnown ? 0 : Age(stream));
        _ageKnown = true;
        float* data;
        nuint length;
        while (LibPulse.StreamReadable(stream) > 0 && LibPulse.StreamPeek(stream, &data, &length) == 0 && length > 0)
        {
            var frames = (int)length / FrameBytes;
            if (data is null) _receiver.WriteHole(frames);
            else _receiver.Write(new ReadOnlySpan<float>(data, frames * _channels));
            _ = LibPulse.StreamDrop(stream);
        }
    }

    private static unsafe double Age(nint stream)
    {
        ulong microseconds;
        int negative;
        return LibPulse.StreamLatency(stream, &microseconds, &negative) == 0 && negative == 0 ? microseconds / 1e6 : 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnRead(nint stream, nuint bytes, nint user) => Of(user).Copy(stream, (int)bytes);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe void OnState(nint stream, nint user)
    {
        var self = Of(user);
        switch (LibPulse.StreamState(stream))
        {
            case StreamState.Ready:
                self.GrantedLatency = TimeSpan.FromSeconds((double)LibPulse.StreamBuffer(stream)->FragmentSize / self._bytesPerSecond);
                self._isSuspended = LibPulse.StreamIsSuspended(stream) > 0;
                self._ready.TrySetResult();
                break;
            case StreamState.Failed or StreamState.Terminated:
                self._ready.TrySetException(new DeviceException($"The sound server refused the recording: {self._connection.LastError}."));
                self._ended.TrySetResult();
                break;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnMoved(nint stream, nint user) => Of(user)._ended.TrySetResult();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSuspended(nint stream, nint user) => Of(user)._isSuspended = LibPulse.StreamIsSuspended(stream) > 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnEvent(nint context, uint what, uint index, nint user)
    {
        if ((what & Subscription.EventBits) == Subscription.SourceRemoved && index == Of(user)._device) Of(user)._ended.TrySetResult();
    }

    private static RecordStream Of(nint user) => Unsafe.As<RecordStream>(GCHandle.FromIntPtr(user).Target!);
}
