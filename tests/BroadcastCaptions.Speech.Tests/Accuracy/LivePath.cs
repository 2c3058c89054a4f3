using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Streaming;
using BroadcastCaptions.Speech.Tests.Streaming;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Speech.Tests.Accuracy;

/// <summary>Recordings through the live way, detector to finals, as fast as it goes.</summary>
internal sealed class LivePath(SpeechModels models, Counters counters)
{
    /// <summary>The finals, as one text.</summary>
    public async Task<string> TextAsync(SpeechFile file, string model) => string.Join(' ', (await FinalsAsync(file, model)).Select(final => final.Text));

    /// <summary>The finals.</summary>
    public async Task<List<Hypothesis>> FinalsAsync(SpeechFile file, string model)
    {
        using var recognizer = new StreamingRecognizer(await models.LoadAsync(model), models.Detector.CreateDetector, new SpeechOptions(), counters)
        {
            Partials = false,
        };
        var lane = recognizer.AddSource(new("file"));
        var samples = await Samples.OfAsync(file);
        var finals = new List<Hypothesis>();
        void Serve()
        {
            while (recognizer.TryServe(out var final)) finals.Add(final.Hypothesis);
        }

        Audio16k.Feed(lane, samples, after: Serve);
        lane.Close(new((double)samples.Length / Audio16k.Rate));
        Serve();
        return finals;
    }
}
