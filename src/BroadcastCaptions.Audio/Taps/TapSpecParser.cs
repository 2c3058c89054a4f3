using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Audio;

/// <summary>Reads <c>[LABEL=]SPEC</c>.</summary>
internal static class TapSpecParser
{
    private static readonly string Allowed =
        "Allowed, each with LABEL= before it if you like: the path of a recording, 'mic', '" + TapSpec.DevicePrefix + ":NAME' (a microphone), "
        + "'monitor:NAME' (what an output plays), and 'obs' without label (what the plug-in taps in OBS); 'captions taps' lists the names.";

    public static TapSpec Parse(string text)
    {
        if (text == "obs") return Make(TapKind.Obs, "", ""); // OBS starts us in a folder of its own choice: what lies there must not matter
        // A path may hold '=': what exists is a file, whatever its name looks like.
        if (Path.Exists(text)) return Make(TapKind.File, text, "");
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? ParseSpec(text, "") : ParseSpec(text[(equals + 1)..], Label(text, text[..equals].Trim()));
    }

    private static string Label(string text, string label) => label.Length > 0
        ? label
        : throw new CaptionsException($"The tap '{text}' has an empty label.", "Write LABEL=SPEC, or SPEC alone.", ExitCode.Usage);

    private static TapSpec ParseSpec(string spec, string label)
    {
        if (spec is "mic" or "default") return Make(TapKind.Default, "", label);
        if (After(spec, "file:") is { } path) return Make(TapKind.File, path, label);
        if ((After(spec, "device:") ?? After(spec, "pulse:")) is { } device) return Make(TapKind.Device, device, label);
        if (After(spec, "monitor:") is { } sink) return Make(TapKind.Monitor, sink, label);
        if (Path.Exists(spec)) return Make(TapKind.File, spec, label);
        var looksLikePath = spec.AsSpan().IndexOfAny('/', '\\') >= 0 || Path.HasExtension(spec);
        throw looksLikePath
            ? new CaptionsException($"There is no file '{spec}'.", $"Check the path. {Allowed}", ExitCode.Usage)
            : new CaptionsException($"'{spec}' is no tap.", Allowed, ExitCode.Usage);
    }

    private static string? After(string spec, string prefix) =>
        spec.StartsWith(prefix, StringComparison.Ordinal) && spec.Length > prefix.Length ? spec[prefix.Length..] : null;

    private static TapSpec Make(TapKind kind, string target, string label)
    {
        var fallback = kind switch { TapKind.File => "file", TapKind.Default => "mic", TapKind.Obs => "obs", _ => target };
        return new TapSpec(kind, target, new AudioSource(Id(label.Length > 0 ? label : fallback), label));
    }

    // Letters and digits of any script, in lower case, joined by single hyphens: it stands in file names, keys and events.
    internal static string Id(string text)
    {
        var id = string.Join('-', new string([.. text.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return id.Length > 0 ? id : "source";
    }
}
