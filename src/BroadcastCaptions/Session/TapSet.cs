using BroadcastCaptions.Audio;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Obs;
using BroadcastCaptions.Options;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Session;

/// <summary>The taps of a session.</summary>
internal sealed class TapSet : IAsyncDisposable
{
    private readonly IReadOnlyList<IAudioTap> _taps;

    private TapSet(IReadOnlyList<IAudioTap> taps, IReadOnlyList<ObservedTap> observed, bool listensToPlugIn)
    {
        _taps = taps;
        ListensToPlugIn = listensToPlugIn;
        Observed = observed;
        Frames = [.. taps.Select(tap => new SpeechFrames(tap))];
        Sources = [.. taps.Select(tap => tap.Source)];
    }

    /// <summary>What is heard, ready for the recogniser.</summary>
    public IReadOnlyList<SpeechFrames> Frames { get; }

    /// <summary>Who is heard.</summary>
    public IReadOnlyList<AudioSource> Sources { get; }

    /// <summary>Is what the plug-in taps in OBS to be heard, too? It joins and leaves as it likes.</summary>
    public bool ListensToPlugIn { get; }

    /// <summary>The taps that may be OBS inputs as well.</summary>
    public IReadOnlyList<ObservedTap> Observed { get; }

    /// <summary>Makes the taps that the options name, else the default one: OBS's microphone, else the system's.</summary>
    /// <exception cref="CaptionsException">A tap that is none.</exception>
    public static async Task<TapSet> CreateAsync(SessionRequest request, CancellationToken cancellation)
    {
        var texts = request.Options.Taps.Count > 0 ? request.Options.Taps : [await DefaultTapAsync(request.Options, cancellation)];
        var specs = TapSpec.ParseAll(texts);
        if (request.Fast && specs.FirstOrDefault(spec => spec.Kind != TapKind.File) is { } live)
            throw new CaptionsException($"--fast takes recordings only, and the tap '{live.Source.Id}' is none.", "Leave --fast out, or name a file.", ExitCode.Usage);
        var listensToPlugIn = specs.Any(spec => spec.Kind == TapKind.Obs);
        specs = [.. specs.Where(spec => spec.Kind != TapKind.Obs)];
        var devices = specs.All(spec => spec.Kind == TapKind.File) ? [] : await DevicesAsync(cancellation);
        var pace = request.Fast ? TapPace.Fast : TapPace.Real;
        return new TapSet(
            [.. specs.Select(spec => TapFactory.Create(spec, pace))],
            [.. specs.Where(spec => spec.Kind != TapKind.File).Select(spec => new ObservedTap(spec.Source.Id, NamesOf(spec, devices)))],
            listensToPlugIn);
    }

    /// <summary>Starts every tap.</summary>
    public async Task StartAsync(MediaClock clock, CancellationToken cancellation)
    {
        foreach (var tap in _taps) await tap.StartAsync(clock, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var tap in _taps) await tap.DisposeAsync();
    }

    private static async Task<string> DefaultTapAsync(CaptionsOptions options, CancellationToken cancellation)
    {
        if (!options.Obs.Enabled) return "mic";
        var found = await new ObsSetup(options.Obs, options.Display, TimeProvider.System).FindMicrophoneAsync(cancellation);
        return found is null || found.Device == ObservedTap.Default ? "mic" : $"{found.Name}=pulse:{found.Device}";
    }

    /// <summary>A sound server that is not there yet is no fault: its taps wait for it.</summary>
    private static async Task<IReadOnlyList<AudioDevice>> DevicesAsync(CancellationToken cancellation)
    {
        try
        {
            return await AudioDevices.ListAsync(cancellation: cancellation);
        }
        catch (CaptionsException)
        {
            return [];
        }
    }

    /// <summary>Every name by which OBS may know the device that a tap listens to.</summary>
    private static HashSet<string> NamesOf(TapSpec spec, IReadOnlyList<AudioDevice> devices)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (spec.Target.Length > 0) names.Add(spec.Target);
        if (devices.Count == 0 || AudioDevices.Find(spec, devices) is not { } device)
        {
            if (spec.Kind == TapKind.Default) names.Add(ObservedTap.Default);
            return names;
        }

        names.Add(device.Name);
        if (device.IsDefault) names.Add(ObservedTap.Default);
        return names;
    }
}
