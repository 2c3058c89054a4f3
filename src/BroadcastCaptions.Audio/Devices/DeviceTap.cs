using BroadcastCaptions.Failures;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Audio.Devices;

/// <summary>
/// A microphone, or what an output plays. Once a device was chosen the tap keeps to it:
/// unplugged, it waits for that one to come back, and never listens to another instead.
/// <para>Threads: the sound system's own copies samples into a ring; the consumer reads them; a supervising task (re)connects.</para>
/// </summary>
/// <param name="spec">What to listen to.</param>
/// <param name="system">What hears it.</param>
internal sealed class DeviceTap(TapSpec spec, ISoundSystem system) : IAudioTap
{
    private readonly CancellationTokenSource _stop = new();
    private CaptureReader? _reader;
    private Task _supervising = Task.CompletedTask;
    private volatile IRecording? _recording;
    private volatile string _waitingFor = "";
    private AudioDevice? _device;

    /// <inheritdoc/>
    public AudioSource Source => spec.Source;

    /// <inheritdoc/>
    public bool IsCompleted => false; // a live tap ends only by being disposed

    /// <inheritdoc/>
    public TapStatus Status
    {
        get
        {
            if (_reader is not { } reader) return new TapStatus(TapState.Idle, spec.Target);
            if (_recording is not { } recording)
                return new TapStatus(TapState.Waiting, _waitingFor, DroppedSamples: reader.Dropped, FilledSamples: reader.Filled);
            var device = recording.Device;
            var silent = recording.IsSuspended ? $"{device.Description} is suspended by the sound server; captions go on when it wakes."
                : reader.IsStalled && !recording.IsSilentByNothing ? $"{device.Description} delivers nothing at the moment; captions go on when it does."
                : null;
            return new TapStatus(
                silent is null ? TapState.Running : TapState.Waiting, silent ?? device.Description, device.Format,
                recording.GrantedLatency, reader.Dropped, reader.Filled);
        }
    }

    /// <inheritdoc/>
    public async Task StartAsync(MediaClock clock, CancellationToken cancellation)
    {
        var reader = new CaptureReader(clock);
        try
        {
            Begin(await system.OpenAsync(Choose, clock, cancellation), reader);
        }
        catch (DeviceException notYet)
        {
            _waitingFor = Sentence(notYet);
        }

        _reader = reader;
        _supervising = Task.Run(() => SuperviseAsync(clock, reader), CancellationToken.None);
    }

    /// <inheritdoc/>
    public bool TryRead(out AudioFrame frame)
    {
        frame = default;
        return _reader is not null && _reader.TryRead(out frame);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _supervising;
        _recording?.Dispose();
        _stop.Dispose();
    }

    private async Task SuperviseAsync(MediaClock clock, CaptureReader reader)
    {
        var pause = DeviceLimits.FirstRetry;
        try
        {
            while (true)
            {
                if (_recording is { } recording)
                {
                    var ended = await recording.EndedAsync().WaitAsync(_stop.Token);
                    (_waitingFor, _recording, reader.IsLost) = ($"{ended}; captions go on when it is back.", null, true);
                    recording.Dispose();
                    pause = DeviceLimits.FirstRetry;
                }

                await Task.Delay(pause, clock.Provider, _stop.Token);
                pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, DeviceLimits.LongestRetry.Ticks));
                await TryBeginAsync(clock, reader);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task TryBeginAsync(MediaClock clock, CaptureReader reader)
    {
        try
        {
            Begin(await system.OpenAsync(Choose, clock, _stop.Token), reader);
        }
        catch (Exception failure) when (failure is not OperationCanceledException) // whatever it is, it is tried again
        {
            _waitingFor = Sentence(failure);
        }
    }

    private void Begin(IRecording recording, CaptureReader reader)
    {
        _device = recording.Device;
        reader.Continue(recording.Session);
        reader.IsLost = false;
        _recording = recording;
    }

    private AudioDevice Choose(IReadOnlyList<AudioDevice> devices)
    {
        if (_device is null)
            return DeviceChoice.Of(spec, devices) ?? throw new DeviceException("There is no microphone; captions begin when one is plugged in.");
        return devices.FirstOrDefault(device => device.Name == _device.Name)
            ?? throw new DeviceException($"{_device.Description} is unplugged or switched off; captions go on when it is back.");
    }

    private static string Sentence(Exception failure) => failure switch
    {
        CaptionsException known => $"{known.Message} {known.Remedy}",
        DeviceException { Remedy.Length: > 0 } now => $"{now.Message} {now.Remedy}",
        _ => failure.Message,
    };
}
