namespace BroadcastCaptions.Speech.Decoding;

/// <summary>A decoder that remembers several texts over the same segment, each in a place of its own; all are of the same length.</summary>
internal interface IForkingDecoder : ITokenDecoder
{
    /// <summary>Goes on with the text in a place, 0 and up.</summary>
    void Use(int place);

    /// <summary>Copies a text.</summary>
    /// <param name="from">Its place.</param>
    /// <param name="to">Where it is wanted too; what was there is given up.</param>
    /// <param name="count">Tokens of it.</param>
    void Copy(int from, int to, int count);
}
