using System.Globalization;
using BroadcastCaptions.Audio;
using BroadcastCaptions.Captions.Layout;

namespace BroadcastCaptions.Captions.RollUp;

/// <summary>What stands before a speaker's words: "ALICE: ".</summary>
internal static class SpeakerLabel
{
    private const string Separator = ": ";

    /// <summary>The name that viewers see: the label, else the id.</summary>
    public static string Name(AudioSource source) => source.Label.Length > 0 ? source.Label : source.Id;

    /// <summary>
    /// The prefix; empty where nobody else can be meant. Names longer than half a line are cut, so that words have room.
    /// </summary>
    public static string Prefix(AudioSource source, int sources, int columns)
    {
        if (sources < 2) return "";
        var name = Name(source).ToUpperInvariant();
        var room = columns / 2 - Separator.Length;
        return (TextWidth.Of(name) <= room ? name : Cut(name, room)) + Separator;
    }

    private static string Cut(string name, int columns)
    {
        var length = 0;
        while (length < name.Length)
        {
            var next = length + StringInfo.GetNextTextElementLength(name.AsSpan(length));
            if (TextWidth.Of(name.AsSpan(0, next)) > columns) break;
            length = next;
        }

        return name[..length];
    }
}
