using System.Globalization;
using BroadcastCaptions.Measure;

namespace BroadcastCaptions.TestKit;

/// <summary>The recordings there are: those kept in the repository, always; the evaluation set where it is beside the checkout.</summary>
public static class SpeechSet
{
    /// <summary>Public-domain English speech in the repository.</summary>
    public static IReadOnlyList<SpeechFile> Kept { get; } =
    [
        .. Table.Read(Path.Combine(Places.Speech, "transcripts.tsv"))
            .Select(row => new SpeechFile(Path.Combine(Places.Speech, row["file"]), Seconds(row["seconds"]), "read", "en", row["transcript"])),
    ];

    /// <summary>The evaluation set, all kinds and languages; empty where it is not there.</summary>
    public static IReadOnlyList<SpeechFile> Evaluation { get; } = Places.InShared("eval") is { } folder ? In(folder) : [];

    /// <summary>The recordings of a folder whose manifest.tsv lists them; empty where there is none.</summary>
    public static IReadOnlyList<SpeechFile> In(string folder) => Path.Combine(folder, "manifest.tsv") is { } manifest && File.Exists(manifest)
        ? [.. Table.Read(manifest).Select(row => FromManifest(folder, row))]
        : [];

    /// <summary>The evaluation set's files on which accuracy is judged: English, transcribed, up to <paramref name="maximumSeconds"/>.</summary>
    public static IEnumerable<SpeechFile> Judged(double maximumSeconds = 35) => Evaluation
        .Where(file => file is { Language: "en", IsTranscribed: true } && file.Seconds <= maximumSeconds);

    /// <summary>Words with times, normalised, for each file of the evaluation set that has them; empty where it is not there.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<ReferenceWord>> WordTimes { get; } = Places.InShared("eval", "words.tsv") is { } words
        ? Table.Read(words).GroupBy(row => row["file"]).ToDictionary(file => file.Key, file => (IReadOnlyList<ReferenceWord>)[.. file.SelectMany(ReferenceWords)])
        : new Dictionary<string, IReadOnlyList<ReferenceWord>>();

    private static IEnumerable<ReferenceWord> ReferenceWords(IReadOnlyDictionary<string, string> row) =>
        SpokenWords.Of(row["word"]).Select(word => new ReferenceWord(word, Seconds(row["start"]), Seconds(row["end"])));

    private static SpeechFile FromManifest(string folder, IReadOnlyDictionary<string, string> row) =>
        new(Path.Combine(folder, row["file"]), Seconds(row["seconds"]), row["kind"], row["language"], row["reference"]);

    private static double Seconds(string number) => double.Parse(number, CultureInfo.InvariantCulture);
}
