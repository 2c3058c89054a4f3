namespace BroadcastCaptions.Audio;

/// <summary>Where a tap listens.</summary>
public enum TapKind
{
    /// <summary>A recording.</summary>
    File,

    /// <summary>The system's default microphone.</summary>
    Default,

    /// <summary>A microphone by name.</summary>
    Device,

    /// <summary>The monitor of an output by the output's name.</summary>
    Monitor,

    /// <summary>Whatever our plug-in taps in OBS: no tap of its own, but many that come and go.</summary>
    Obs,
}

/// <summary>One tap as the user asks for it.</summary>
/// <param name="Kind">Where it listens.</param>
/// <param name="Target">The file's path or the device's name; empty for the default microphone.</param>
/// <param name="Source">Who is heard there.</param>
public sealed record TapSpec(TapKind Kind, string Target, AudioSource Source)
{
    /// <summary>What stands before the name of a microphone, as this system's users know it; both are understood everywhere.</summary>
    public static string DevicePrefix { get; } = OperatingSystem.IsWindows() ? "device" : "pulse";

    /// <summary>Reads one tap: <c>[LABEL=]SPEC</c>.</summary>
    /// <exception cref="Failures.CaptionsException">It is no tap (exit code 2); says what is allowed.</exception>
    public static TapSpec Parse(string text) => TapSpecParser.Parse(text);

    /// <summary>Reads several taps and gives each source an id of its own ("file", "file-2").</summary>
    /// <exception cref="Failures.CaptionsException">One is no tap (exit code 2); says what is allowed.</exception>
    public static IReadOnlyList<TapSpec> ParseAll(IEnumerable<string> texts)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. texts.Select(Parse).Select(spec => spec with { Source = spec.Source with { Id = Unique(spec.Source.Id) } })];

        string Unique(string id)
        {
            var unique = id;
            for (var number = 2; !taken.Add(unique); number++) unique = $"{id}-{number}";
            return unique;
        }
    }
}
