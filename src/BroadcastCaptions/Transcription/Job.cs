using BroadcastCaptions.Captions;

namespace BroadcastCaptions.Transcription;

/// <summary>A recording and the caption files that are to be made of it.</summary>
/// <param name="Path">The recording.</param>
/// <param name="Stem">The caption files' path without their endings.</param>
/// <param name="Formats">Their kinds.</param>
internal sealed record Job(string Path, string Stem, IReadOnlyList<CaptionFormat> Formats)
{
    /// <summary>The recording's name.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>What has been recognised so far, until the caption files are made.</summary>
    public string JournalPath => Stem + ".captions-part";

    /// <summary>Bytes of the recording: what it weighs in the overall progress.</summary>
    public long Weight => File.Exists(Path) ? Math.Max(1, new FileInfo(Path).Length) : 1;

    /// <summary>The caption file of a kind.</summary>
    public string Output(CaptionFormat format) => Stem + format.Extension();

    /// <summary>The kinds that are not there yet.</summary>
    public IReadOnlyList<CaptionFormat> Missing => [.. Formats.Where(format => !File.Exists(Output(format)))];
}
