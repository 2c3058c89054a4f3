using BroadcastCaptions.Speech;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Sidecars;

/// <summary>WebVTT (W3C): the speaker is a voice span, remarks are NOTE blocks.</summary>
internal sealed class VttFormat : SidecarFormat
{
    /// <inheritdoc/>
    public override string Extension => ".vtt";

    /// <inheritdoc/>
    public override string Header(DateTimeOffset? zero) =>
        zero is null ? "WEBVTT\n\n" : $"WEBVTT\n\nNOTE zero is {zero:yyyy-MM-ddTHH:mm:ss.fffzzz}\n\n";

    /// <inheritdoc/>
    public override IReadOnlyList<SidecarCue> Compose(Transcript final, string speaker) => CueBuilder.Build(final, speaker, prefix: "");

    /// <inheritdoc/>
    public override SidecarEntry Render(SidecarCue cue, int number)
    {
        var head = $"{Time(cue.Start)} --> ";
        var voice = cue.Speaker.Length == 0 ? "" : $"<v {Escape(cue.Speaker)}>";
        return new SidecarEntry($"{head}{Time(cue.End)}\n{voice}{string.Join('\n', cue.Lines.Select(Escape))}\n\n", head.Length);
    }

    /// <inheritdoc/>
    public override SidecarEntry RenderLoss(MediaTime from, MediaTime to, int number) => new($"NOTE captions lost from {from} to {to}\n\n");

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
