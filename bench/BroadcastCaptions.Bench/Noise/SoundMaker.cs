using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Bench.Noise;

/// <summary>Makes an hour of sound out of the packages; the same pieces each time.</summary>
internal static class SoundMaker
{
    private static readonly string[] Endings = [".ogg", ".opus", ".wav", ".wv", ".mp3", ".flac"];

    private const double LongestPiece = 60;       // s of one piece of music
    private const double MusicOfAPackage = 600;   // s
    private const double BetweenEffects = 0.4;    // s
    private const double GameSeconds = 900;
    private const double MeanDistance = 1.5;      // s between two effects of the made-up game
    private const float MusicInGame = 0.35f;      // of the music's amplitude: players turn it down

    /// <summary>Everything; packages that cannot be had are named and left out.</summary>
    public static async Task<IReadOnlyList<Sound>> AllAsync()
    {
        var sounds = new List<Sound>();
        foreach (var from in GameSounds.All)
        {
            try
            {
                sounds.Add(await ReadAsync(from, Path.Combine(await DebianPackage.EnsureAsync(from.Package), "usr", "share", "games", from.Folder)));
            }
            catch (InvalidOperationException e)
            {
                Console.Error.WriteLine($"LEFT OUT {from.Package}: {e.Message.ReplaceLineEndings(" ")}");
            }
        }

        if (sounds.Count > 0) sounds.Add(Game(sounds));
        return sounds;
    }

    private static async Task<Sound> ReadAsync(GameSound from, string folder)
    {
        var sound = new Sound(from.Package, from.IsMusic ? "music" : "effects");
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where(path => IsWanted(from, folder, path)).ToArray();
        foreach (var file in files)
        {
            if (from.IsMusic && sound.Seconds >= MusicOfAPackage) break;
            var samples = await Ffmpeg.SamplesAsync(file);
            var name = Path.GetFileName(file);
            if (from.IsMusic) sound.Add(name, Middle(samples));
            else
            {
                sound.Add(name, samples);
                sound.Pause(BetweenEffects);
            }
        }

        return sound;
    }

    private static bool IsWanted(GameSound from, string folder, string path) =>
        Endings.Contains(Path.GetExtension(path)) && !Path.GetRelativePath(folder, path).Split('/').Any(part => from.Except.Any(name => part.StartsWith(name, StringComparison.Ordinal)));

    /// <summary>Not the beginning: music begins softly.</summary>
    private static ReadOnlySpan<float> Middle(float[] samples)
    {
        var count = Math.Min(samples.Length, (int)(LongestPiece * Sound.Rate));
        return samples.AsSpan((samples.Length - count) / 2, count);
    }

    /// <summary>Effects of all games at random moments over soft music of all.</summary>
    private static Sound Game(List<Sound> sounds)
    {
        var random = new Random(1);
        var samples = new float[(int)(GameSeconds * Sound.Rate)];
        var music = sounds.Where(sound => sound.Kind == "music").ToArray();
        var at = 0;
        for (var turn = 0; at < samples.Length && music.Length > 0; turn++)
        {
            var from = music[turn % music.Length];
            var count = Math.Min((int)(LongestPiece * Sound.Rate), samples.Length - at);
            var start = Math.Max(0, Math.Min(from.Samples.Length - count, turn / music.Length * count));
            count = Math.Min(count, from.Samples.Length - start);
            for (var i = 0; i < count; i++) samples[at + i] += MusicInGame * from.Samples[start + i];
            at += count;
        }

        foreach (var _ in Enumerable.Range(0, (int)(GameSeconds / MeanDistance)))
        {
            var from = sounds[random.Next(sounds.Count)];
            if (from.Kind != "effects") continue;
            var start = random.Next(from.Samples.Length);
            var to = random.Next(samples.Length);
            var count = Math.Min(Math.Min(2 * Sound.Rate, from.Samples.Length - start), samples.Length - to);
            for (var i = 0; i < count; i++) samples[to + i] += from.Samples[start + i];
        }

        for (var i = 0; i < samples.Length; i++) samples[i] = Math.Clamp(samples[i], -1, 1);
        var game = new Sound("all of them", "game");
        game.Add("game", samples);
        return game;
    }
}
