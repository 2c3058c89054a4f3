using System.Threading.Channels;
using BroadcastCaptions.Control;
using BroadcastCaptions.Events;
using BroadcastCaptions.Obs.OnAir;
using BroadcastCaptions.Obs.Protocol;
using BroadcastCaptions.Obs.Session;
using BroadcastCaptions.Options;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Obs;

/// <summary>
/// Follows whether viewers hear a tap: a tap whose device is also an OBS input is on air while that input (any of them,
/// where several capture it) is unmuted, and off air while OBS, once there, cannot be asked. A tap that OBS does not
/// capture is on air. With <see cref="ObsOptions.Always"/> it watches nothing.
/// </summary>
public sealed class ObsOnAirWatcher : IObsParticipant
{
    // obs-websocket before 5.4 does not tell that an input's device was changed.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    // An OBS that closes removes its inputs first and says so some 30 ms later: a removed input unbinds its tap only after this.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly MediaClock _clock;
    private readonly bool _always;
    private readonly List<(TapBinding Binding, StateReporter States)> _taps;
    private IReadOnlyList<AudioInput> _inputs = [];
    private bool _emptying; // OBS loads other inputs or closes: what it removes meanwhile does not unbind a tap
    private bool _removed; // an input was removed: look again after the grace
    private long _looked; // when the last wait for another look began

    /// <summary>A watcher that is run by a session.</summary>
    /// <param name="options">Whether taps are bound at all.</param>
    /// <param name="taps">The taps that may be OBS inputs.</param>
    /// <param name="clock">The session's clock, with the session's time provider: places the edges in media time, by the moment at which OBS's event arrived.</param>
    /// <param name="send">Gets the <see cref="OnAirChanged"/> messages; any thread.</param>
    /// <param name="report">Told what each tap is bound to, as the component "on-air:SOURCE"; any thread.</param>
    public ObsOnAirWatcher(
        ObsOptions options, IEnumerable<ObservedTap> taps, MediaClock clock, Action<ControlMessage> send, Action<ComponentState> report)
    {
        (_clock, _always) = (clock, options.Always);
        _taps = [.. taps.Select(tap => (new TapBinding(tap, send), new StateReporter(report)))];
    }

    /// <inheritdoc/>
    public string Name => "obs:on-air";

    /// <summary>The microphone that OBS itself uses; null where it has none.</summary>
    /// <exception cref="ObsConnectionException">The connection ended.</exception>
    /// <exception cref="ObsRequestException">OBS answered with an error.</exception>
    public static Task<AudioInput?> GetMicrophoneAsync(ObsClient client, CancellationToken cancellation) =>
        AudioInputs.MicrophoneAsync(client, cancellation);

    /// <inheritdoc/>
    public async Task RunAsync(ObsClient client, ChannelReader<ObsEvent> events, Action ready, CancellationToken cancellation)
    {
        try
        {
            if (!_always) await WatchAsync(client, events, ready, cancellation);
            ready();
        }
        finally
        {
            if (!_always) Lose("OBS cannot be asked", _clock.Now);
        }
    }

    private async Task WatchAsync(ObsClient client, ChannelReader<ObsEvent> events, Action ready, CancellationToken cancellation)
    {
        _emptying = false;
        await LookAsync(client, cancellation);
        ready();
        while (true)
        {
            if (!await WaitAsync(events, cancellation) && !_emptying) await LookAsync(client, cancellation);
            while (events.TryRead(out var obsEvent)) await HandleAsync(client, obsEvent, cancellation);
        }
    }

    private async Task HandleAsync(ObsClient client, ObsEvent obsEvent, CancellationToken cancellation)
    {
        switch (obsEvent.Type)
        {
            case "InputMuteStateChanged" when !_emptying:
                Mute(obsEvent.Data.Text("inputName"), obsEvent.Data.Flag("inputMuted"), _clock.At(obsEvent.Received));
                break;
            case "CurrentSceneCollectionChanging":
                _emptying = true;
                Lose("OBS is changing its scene collection", _clock.At(obsEvent.Received));
                break;
            case "ExitStarted":
                _emptying = true;
                Lose("OBS is closing", _clock.At(obsEvent.Received));
                break;
            case "CurrentSceneCollectionChanged":
                _emptying = false;
                await LookAsync(client, cancellation);
                break;
            case "InputRemoved" when !_emptying:
                (_removed, _looked) = (true, obsEvent.Received);
                Mute(obsEvent.Data.Text("inputName"), true, _clock.At(obsEvent.Received));
                break;
            case "InputCreated" or "InputNameChanged" or "InputSettingsChanged" when !_emptying && !_removed:
                await LookAsync(client, cancellation);
                break;
        }
    }

    private async Task LookAsync(ObsClient client, CancellationToken cancellation)
    {
        (_removed, _looked) = (false, _clock.Provider.GetTimestamp());
        _inputs = await AudioInputs.ListAsync(client, cancellation);
        Judge(_clock.Now);
    }

    private void Mute(string input, bool muted, MediaTime at)
    {
        _inputs = [.. _inputs.Select(known => known.Name == input ? known with { Muted = muted } : known)];
        Judge(at);
    }

    private void Judge(MediaTime at)
    {
        foreach (var (binding, states) in _taps)
        {
            binding.Judge(_inputs, at);
            states.Report(OnAirStates.Describe(binding));
        }
    }

    private void Lose(string why, MediaTime at)
    {
        foreach (var (binding, _) in _taps) binding.Lose(why, at);
    }

    /// <returns>False when it is time to look again.</returns>
    private async Task<bool> WaitAsync(ChannelReader<ObsEvent> events, CancellationToken cancellation)
    {
        var left = (_removed ? Grace : LookAgain) - _clock.Provider.GetElapsedTime(_looked);
        if (left <= TimeSpan.Zero)
        {
            if (!_emptying) return false;
            left = LookAgain;
        }

        using var due = new CancellationTokenSource(left, _clock.Provider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, cancellation);
        try
        {
            return await events.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
