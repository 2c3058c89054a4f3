using BroadcastCaptions.Events;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Obs.OnAir;
using BroadcastCaptions.Obs.Session;
using BroadcastCaptions.Obs.Setup;
using BroadcastCaptions.Obs.Text;
using BroadcastCaptions.Options;

namespace BroadcastCaptions.Obs;

/// <summary>One look at OBS: for <c>captions obs setup</c>, <c>obs status</c>, <c>doctor</c> and the default tap.</summary>
/// <param name="options">Address, password, the source's name.</param>
/// <param name="display">Lines and columns of a new source.</param>
/// <param name="time">For timeouts.</param>
public sealed class ObsSetup(ObsOptions options, DisplayOptions display, TimeProvider time)
{
    private const string Text = ObsTextSink.Component;
    private const string Microphone = "obs:microphone";

    /// <summary>Says what is the case; changes nothing.</summary>
    public Task<ObsReport> StatusAsync(CancellationToken cancellation) => LookAsync(make: false, cancellation);

    /// <summary>Makes the text source and places it in every scene where it is missing, then says what is the case.</summary>
    public Task<ObsReport> SetupAsync(CancellationToken cancellation) => LookAsync(make: true, cancellation);

    /// <summary>The microphone that OBS itself uses; null where OBS cannot be asked or has none.</summary>
    public async Task<AudioInput?> FindMicrophoneAsync(CancellationToken cancellation)
    {
        try
        {
            await using var client = await ConnectAsync(ObsConfiguration.Find(options), cancellation);
            return await AudioInputs.MicrophoneAsync(client, cancellation);
        }
        catch (Exception e) when (e is ObsConnectionException or ObsRequestException or TimeoutException)
        {
            return null; // whoever asks falls back to the system's default
        }
    }

    /// <summary>Puts our filter on the microphone that OBS uses, where it has none yet: then it is captioned as it sounds after its filters.</summary>
    /// <exception cref="CaptionsException">OBS cannot be asked, has no microphone, or does not know the filter.</exception>
    public async Task<ComponentState> AttachFilterAsync(CancellationToken cancellation)
    {
        try
        {
            await using var client = await ConnectAsync(ObsConfiguration.Find(options), cancellation);
            var microphone = await AudioInputs.MicrophoneAsync(client, cancellation)
                ?? throw new CaptionsException("OBS has no microphone to put the filter on.", "Add one in OBS, or put the filter \"BroadcastCaptions\" on the source that speaks.");
            return await MicrophoneFilter.AttachAsync(client, microphone.Name, cancellation);
        }
        catch (Exception e) when (e is ObsConnectionException or ObsRequestException or TimeoutException)
        {
            throw new CaptionsException($"The filter cannot be put on the microphone: {e.Message}", "See that OBS runs and has loaded the plug-in ('captions plugin status').", inner: e);
        }
    }

    private Task<ObsClient> ConnectAsync(ObsConfiguration configuration, CancellationToken cancellation) =>
        ObsClient.ConnectAsync(configuration.Endpoint, ObsEvents.None, time, cancellation);

    private async Task<ObsReport> LookAsync(bool make, CancellationToken cancellation)
    {
        var configuration = ObsConfiguration.Find(options);
        try
        {
            await using var client = await ConnectAsync(configuration, cancellation);
            var connected = ObsStates.Connected(await ObsVersion.AskAsync(client, cancellation));
            var text = make ? await MakeTextAsync(client, cancellation) : await TextAsync(client, cancellation);
            return new ObsReport([connected, text, await MicrophoneAsync(client, cancellation)], CanEnableServer: false);
        }
        catch (ObsConnectionException e)
        {
            var canEnable = configuration is { ServerEnabled: false, IsRunning: false };
            return new ObsReport([ObsStates.Describe(e, configuration)], canEnable && e.Failure is ObsFailure.Unreachable);
        }
        catch (Exception e) when (e is ObsRequestException or TimeoutException)
        {
            return new ObsReport([new ComponentState(ObsStates.Component, Health.Degraded, e.Message, "Try again; if it stays, restart OBS.")], CanEnableServer: false);
        }
    }

    private async Task<ComponentState> MakeTextAsync(ObsClient client, CancellationToken cancellation)
    {
        try
        {
            var made = await new CaptionSource(client, options.Source, display).EnsureAsync(cancellation);
            return TextStates.Placed(options.Source, made);
        }
        catch (CaptionsException e)
        {
            return new ComponentState(Text, Health.Failed, e.Message, e.Remedy);
        }
    }

    private async Task<ComponentState> TextAsync(ObsClient client, CancellationToken cancellation)
    {
        try
        {
            var source = new CaptionSource(client, options.Source, display);
            if (await source.KindAsync(cancellation) is null) return TextStates.Missing(options.Source);
            var scenes = (await new SceneList(client).WhenLoadedAsync(cancellation)).All;
            return TextStates.InScenes(options.Source, (await source.ItemsAsync(scenes, cancellation)).Count, scenes.Count);
        }
        catch (CaptionsException e)
        {
            return new ComponentState(Text, Health.Failed, e.Message, e.Remedy);
        }
    }

    private static async Task<ComponentState> MicrophoneAsync(ObsClient client, CancellationToken cancellation) =>
        await AudioInputs.MicrophoneAsync(client, cancellation) is { } found
            ? new ComponentState(Microphone, Health.Ok, $"OBS's microphone is \"{found.Name}\" (device {found.Device}), {(found.Muted ? "muted" : "on air")}.")
            : new ComponentState(Microphone, Health.Ok, "OBS has no microphone: the system's default one is tapped, and is always on air.");
}
