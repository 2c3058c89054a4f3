using BroadcastCaptions.Measure;

namespace BroadcastCaptions.Bench.Latency;

/// <summary>What one file came to.</summary>
/// <param name="File">Its name.</param>
/// <param name="Figures">Latency and steadiness on screen.</param>
/// <param name="Finalisation">End of a segment → its final left the captioner.</param>
/// <param name="Finals">Word errors of the finals.</param>
/// <param name="Screen">Word errors of what was on screen in the end.</param>
/// <param name="Slip">Seconds by which the file's end disagrees with its start on the recording: lost sound.</param>
/// <param name="Polling">Seconds from each look at OBS to the next.</param>
internal sealed record FileResult(
    string File, LatencyFigures Figures, Delays Finalisation, WordErrors Finals, WordErrors Screen, double Slip, Delays Polling)
{
    /// <summary>The sum over files.</summary>
    public static FileResult Sum(IReadOnlyList<FileResult> files) => new(
        $"all {files.Count} files",
        files.Aggregate(LatencyFigures.None, (sum, file) => sum + file.Figures),
        files.Aggregate(new Delays([]), (sum, file) => sum + file.Finalisation),
        files.Aggregate(WordErrors.None, (sum, file) => sum + file.Finals),
        files.Aggregate(WordErrors.None, (sum, file) => sum + file.Screen),
        files.Max(file => Math.Abs(file.Slip)),
        files.Aggregate(new Delays([]), (sum, file) => sum + file.Polling));
}
