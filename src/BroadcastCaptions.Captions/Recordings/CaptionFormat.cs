using BroadcastCaptions.Captions.Sidecars;

namespace BroadcastCaptions.Captions;

/// <summary>The kinds of caption files.</summary>
public enum CaptionFormat
{
    /// <summary>SubRip.</summary>
    Srt,

    /// <summary>WebVTT.</summary>
    Vtt,

    /// <summary>TTML, IMSC 1.1 text profile.</summary>
    Ttml,

    /// <summary>JSON with every word's times and probability.</summary>
    Json,

    /// <summary>Plain text.</summary>
    Txt,
}

/// <summary>What is to be known of the kinds of caption files.</summary>
public static class CaptionFormats
{
    /// <summary>The ending of such files: ".srt".</summary>
    public static string Extension(this CaptionFormat format) => Writer(format, new RecordingFacts()).Extension;

    /// <summary>The kind of a file, by its name's ending; null for any other.</summary>
    public static CaptionFormat? Of(string path) =>
        Enum.GetValues<CaptionFormat>().Cast<CaptionFormat?>().FirstOrDefault(format => Extension(format!.Value).Equals(Path.GetExtension(path), StringComparison.OrdinalIgnoreCase));

    /// <summary>A final as JSON files have it, on one line.</summary>
    /// <param name="final">A final with words.</param>
    public static string Json(Speech.Transcript final) => JsonFormat.Segment(final);

    internal static SidecarFormat Writer(CaptionFormat format, RecordingFacts about) => format switch
    {
        CaptionFormat.Srt => new SrtFormat(),
        CaptionFormat.Vtt => new VttFormat(),
        CaptionFormat.Ttml => new TtmlFormat(about.Language ?? ""),
        CaptionFormat.Json => new JsonFormat(about),
        _ => new TxtFormat(),
    };
}
