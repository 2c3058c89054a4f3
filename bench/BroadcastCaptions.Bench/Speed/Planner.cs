using System.Runtime.InteropServices;
using BroadcastCaptions.Audio;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Streaming;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Bench.Speed;

/// <summary>Makes lists of jobs, with the samples beside them.</summary>
internal static class Planner
{
    /// <summary>Each file as a whole, heard with so many beginnings.</summary>
    public static async Task<JobList> WholeAsync(IEnumerable<SpeechFile> files, int beginnings, TemporaryFolder folder)
    {
        var jobs = new List<Job>();
        foreach (var file in files)
            for (var hearing = 0; hearing < beginnings; hearing++)
            {
                var (path, samples) = await SamplesAsync(file, hearing, folder);
                jobs.Add(new Job(file.Name, hearing, path, 0, [new Call(samples.Length, Sure: true)]));
            }

        return new JobList(jobs);
    }

    /// <summary>
    /// Each file's segments as the product cuts them, each with every partial and its final: what the inference loop would ask of
    /// the model on a machine that always keeps up. A final that its last partial has answered already is asked of nobody.
    /// </summary>
    public static async Task<JobList> StreamedAsync(IEnumerable<SpeechFile> files, SileroVad vad, SpeechOptions options, TemporaryFolder folder)
    {
        var jobs = new List<Job>();
        foreach (var file in files)
        {
            var (path, samples) = await SamplesAsync(file, hearing: 0, folder);
            jobs.AddRange(Segments(samples, vad, options).Select(segment => new Job(file.Name, 0, path, segment.Start, segment.Calls)));
        }

        return new JobList(jobs);
    }

    private static IEnumerable<(int Start, List<Call> Calls)> Segments(float[] samples, SileroVad vad, SpeechOptions options)
    {
        using var asked = new AskedModel();
        using var recognizer = new StreamingRecognizer(asked, vad.CreateDetector, options, new Counters());
        var lane = recognizer.AddSource(new AudioSource("file"));
        var segments = new SortedDictionary<long, (int Start, List<Call> Calls)>();
        void Serve()
        {
            for (var before = asked.Calls.Count; recognizer.TryServe(out var recognition); before = asked.Calls.Count)
            {
                if (!segments.TryGetValue(recognition.Segment, out var segment))
                    segments[recognition.Segment] = segment = ((int)recognition.Start.ToSamples(VoiceWindow.SampleRate), []);
                segment.Calls.AddRange(asked.Calls.Skip(before));
            }
        }

        for (var at = 0; at < samples.Length; at += VoiceWindow.Samples)
        {
            lane.Accept(new AudioFrame(MediaTime.FromSamples(at, VoiceWindow.SampleRate), AudioFormat.Speech,
                samples.AsSpan(at, Math.Min(VoiceWindow.Samples, samples.Length - at))));
            Serve();
        }

        lane.Close(MediaTime.FromSamples(samples.Length, VoiceWindow.SampleRate));
        Serve();
        return segments.Values.Where(segment => segment.Calls.Count > 0);
    }

    private static async Task<(string Path, float[] Samples)> SamplesAsync(SpeechFile file, int hearing, TemporaryFolder folder)
    {
        var samples = SilentBeginning.Before(await Ffmpeg.SamplesAsync(file.Path), hearing);
        var path = folder[$"{file.Name}.{hearing}.f32"];
        await File.WriteAllBytesAsync(path, MemoryMarshal.AsBytes(samples.AsSpan()).ToArray());
        return (path, samples);
    }
}
