using System.Text.Encodings.Web;
using System.Text.Json;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Sidecars;

/// <summary>
/// JSON for programs: every final with its words, times in seconds, probabilities and language, as events have them. Fields are
/// only ever added.
/// </summary>
/// <param name="about">What is known of the whole; null: nothing.</param>
internal sealed class JsonFormat(RecordingFacts? about = null) : SidecarFormat
{
    private static readonly JsonLines Lines = new(new JsonSerializerOptions(JsonLines.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <inheritdoc/>
    public override string Extension => ".json";

    /// <inheritdoc/>
    public override bool NumbersLosses => true;

    /// <inheritdoc/>
    public override string Footer => "\n]}\n";

    /// <inheritdoc/>
    public override string Header(DateTimeOffset? zero)
    {
        var facts = JsonSerializer.Serialize(
            new JsonHeader(1, zero, about?.File, about?.Duration is { } seconds ? Seconds(seconds) : null, about?.Language, about?.Model), Lines.JsonHeader);
        return $"{facts[..^1]},\"segments\":[\n";
    }

    /// <summary>A final as it stands in the file, on one line.</summary>
    public static string Segment(Transcript final, string speaker = "") => JsonSerializer.Serialize(
        new JsonSegment(
            Seconds(final.Words[0].Start.Seconds),
            Seconds(final.Words[^1].End.Seconds),
            final.Language,
            speaker.Length == 0 ? null : speaker,
            final.Text,
            [.. final.Words.Select(word => new JsonWord(word.Text, Seconds(word.Start.Seconds), Seconds(word.End.Seconds), Math.Round(word.Probability, 4)))]),
        Lines.JsonSegment);

    /// <inheritdoc/>
    public override IReadOnlyList<SidecarCue> Compose(Transcript final, string speaker) =>
        [new SidecarCue(final.Source, speaker, final.Words[0].Start, final.Words[^1].End, final.Words[^1].End, [Segment(final, speaker)], final.Language)];

    /// <inheritdoc/>
    public override SidecarEntry Render(SidecarCue cue, int number) => new((number == 1 ? "" : ",\n") + cue.Lines[0]);

    /// <inheritdoc/>
    public override SidecarEntry RenderLoss(MediaTime from, MediaTime to, int number) =>
        new((number == 1 ? "" : ",\n") + JsonSerializer.Serialize(new JsonLoss(new JsonSpan(Seconds(from.Seconds), Seconds(to.Seconds))), Lines.JsonLoss));

    private static double Seconds(double seconds) => Math.Round(seconds, 3);
}
