using System.Text.Json;
using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Bench.Speed;

/// <summary>What one run of an engine over a list of jobs took and said.</summary>
/// <param name="Wall">Seconds from the first job to the last answer, loading and warming up left out.</param>
/// <param name="Cpu">Seconds of all cores over the same time.</param>
/// <param name="Texts">The last answer to each job.</param>
internal sealed record EngineRun(double Wall, double Cpu, IReadOnlyList<string> Texts)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <summary>Reads what an engine's process printed.</summary>
    public static EngineRun Parse(string json) => JsonSerializer.Deserialize<EngineRun>(json, Format) ?? throw new InvalidDataException("An engine printed nothing.");

    /// <summary>As an engine's process prints it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <summary>Word errors over the files.</summary>
    public WordErrors Errors(JobList list, IEnumerable<SpeechFile> files) => ByFile(list, files).Aggregate(WordErrors.None, (sum, file) => sum + file.Errors);

    /// <summary>What was understood of each file each time, that of its jobs in order, and the word errors of it.</summary>
    public IEnumerable<(SpeechFile File, string Text, WordErrors Errors)> ByFile(JobList list, IEnumerable<SpeechFile> files)
    {
        var texts = list.Jobs.Zip(Texts).GroupBy(pair => (pair.First.File, pair.First.Hearing)).ToDictionary(file => file.Key, file => string.Join(' ', file.Select(pair => pair.Second)));
        foreach (var file in files)
            for (var hearing = 0; hearing < list.Hearings; hearing++)
            {
                var text = texts.GetValueOrDefault((file.Name, hearing), "");
                yield return (file, text, WordErrors.Of(SpokenWords.Of(file.Reference), SpokenWords.Of(text)));
            }
    }
}
