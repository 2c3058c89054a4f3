namespace BroadcastCaptions.Options;

/// <summary>Caption files, written as the words come. Zero is the session's start.</summary>
public sealed class SidecarOptions
{
    /// <summary>Folder for srt, vtt and txt files named after the start time; null: none are written.</summary>
    public string? Folder { get; set; }

    /// <summary>Path of a SubRip file; null: none.</summary>
    public string? Srt { get; set; }

    /// <summary>Path of a WebVTT file; null: none.</summary>
    public string? Vtt { get; set; }

    /// <summary>Path of a plain text file; null: none.</summary>
    public string? Txt { get; set; }
}
