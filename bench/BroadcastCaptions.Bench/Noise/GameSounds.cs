namespace BroadcastCaptions.Bench.Noise;

/// <summary>What of a Debian package's sound is heard.</summary>
/// <param name="Package">The package.</param>
/// <param name="Folder">Folder below its /usr/share/games.</param>
/// <param name="IsMusic">Music, of which long pieces are taken; else effects.</param>
/// <param name="Except">Beginnings of names that are left out.</param>
internal sealed record GameSound(string Package, string Folder, bool IsMusic, params string[] Except);

/// <summary>
/// Sound without speech, from games that Debian carries. Chosen by their folders and names: instrumental music; shots, steps, impacts, weather,
/// creatures. Left out is what the games themselves file under voices and speech, and effects whose names tell of human throats (cries, chants,
/// laughter, cheers), for nobody can say whether such a sound is a word.
/// </summary>
internal static class GameSounds
{
    /// <summary>All of it, about half a gigabyte to download.</summary>
    public static IReadOnlyList<GameSound> All { get; } =
    [
        new("wesnoth-1.16-music", "wesnoth/1.16/data/core/music", IsMusic: true, "nunc_dimittis"),
        new("hedgewars-data", "hedgewars/Data/Music", IsMusic: true),
        new("warzone2100-music", "warzone2100/music/albums", IsMusic: true),
        new("extremetuxracer-data", "etr/music", IsMusic: true),
        new("frozen-bubble-data", "frozen-bubble/snd", IsMusic: true, [.. FrozenBubbleEffects]),
        new("frozen-bubble-data", "frozen-bubble/snd", IsMusic: false, "frozen-mainzik", "introzik", "applause", "snore", "noh", "lose", "hurry"),
        new("hedgewars-data", "hedgewars/Data/Sounds", IsMusic: false,
            "voices", "Yoohoo", "Kiss", "Hellish", "hell_", "hogchant", "homerun", "custom", "denied", "suddendeath", "extratime", "invulnerable", "lowgravity", "ride_of"),
        new("extremetuxracer-data", "etr/sounds", IsMusic: false),
        new("openarena-data", "openarena/baseoa/sound", IsMusic: false, "player", "feedback", "teamplay"),
        new("bzflag-data", "bzflag", IsMusic: false),
        new("minetest-data", "minetest/games/minetest_game", IsMusic: false),
        new("teeworlds-data", "teeworlds/data/audio", IsMusic: false, "vo_", "music"),
    ];

    private static string[] FrozenBubbleEffects =>
    [
        "applause", "cancel", "chatted", "destroy_group", "hurry", "launch", "lose", "malus", "menu_change", "menu_selected", "newroot", "noh", "pause", "rebound",
        "snore", "stick", "typewriter",
    ];
}
