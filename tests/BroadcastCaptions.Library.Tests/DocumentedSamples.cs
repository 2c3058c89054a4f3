using System.Runtime.CompilerServices;

namespace BroadcastCaptions.Library.Tests;

/// <summary>The code of docs/library.md, word for word, so that it compiles and runs.</summary>
internal static class DocumentedSamples
{
#pragma warning disable CA1303, CA1849 // as a reader would write it
    public static async Task FileAsync(string path, string folder)
    {
        Environment.CurrentDirectory = folder;
        using var transcriber = await Transcriber.LoadAsync("moonshine-tiny");
        var talk = await transcriber.TranscribeAsync(path);
        Console.WriteLine(talk.Text);
        foreach (var word in talk.Words) Console.WriteLine($"{word.Start} {word.Text} ({word.Probability:0.00})");
        talk.Save("talk.srt");
        talk.Save("talk.json");
    }

    public static async Task StreamAsync(Transcriber transcriber, string path, CancellationToken cancellation)
    {
        await using var recording = await Recording.OpenAsync(path, cancellation: cancellation);
        var progress = new Progress<TranscriptionProgress>(p => Console.Error.Write($"\r{p.Done:0} of {p.Total:0} s"));
        await foreach (var said in transcriber.StreamAsync(recording, progress: progress, cancellation: cancellation))
            Console.WriteLine($"{said.Start}: {said.Text}");
        if (recording.Warning is { } warning) Console.Error.WriteLine(warning);
    }

    public static async Task LiveAsync(Transcriber transcriber, IAsyncEnumerable<ReadOnlyMemory<float>> microphone, CancellationToken cancellation)
    {
        await foreach (var said in transcriber.CaptionAsync(microphone, sampleRate: 48_000, channels: 2, cancellation: cancellation))
            Console.WriteLine(said.IsFinal ? $"{said.Text}" : $"… {said.Text}");
    }
#pragma warning restore

    /// <summary>Where this file is.</summary>
    public static string Source { get; } = Here();

    private static string Here([CallerFilePath] string path = "") => path;
}
